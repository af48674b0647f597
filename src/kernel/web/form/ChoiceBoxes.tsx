import './choice-boxes.css'

/** One of a few, each a box that a thumb hits. */
export function ChoiceBoxes<T extends string>({
  legend,
  name,
  choices,
  value,
  onChange,
  pairs = false,
}: {
  legend: string
  name: string
  choices: readonly (readonly [value: T, label: string])[]
  value: T
  onChange: (value: T) => void
  /** Two beside each other. */
  pairs?: boolean
}) {
  return (
    <fieldset className={pairs ? 'choice-boxes choice-boxes-pairs' : 'choice-boxes'}>
      <legend>{legend}</legend>
      {choices.map(([one, label]) => (
        <label key={one} className={value === one ? 'choice-box choice-box-chosen' : 'choice-box'}>
          <input type="radio" name={name} checked={value === one} onChange={() => onChange(one)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
