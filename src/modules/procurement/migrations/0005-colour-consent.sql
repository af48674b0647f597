-- Colour printers need the consent of the head of asset management (EQ-06, 财资〔2016〕27号).
alter table procurement.purchase add column colour_consent text not null default '';
