/** An operation as the API documentation names it, its code beside it in small. */
export function OperationWords({ name, code }: { name: string | null; code: string }) {
  if (name === null) return code
  return (
    <>
      {name} <small className="quiet">{code}</small>
    </>
  )
}
