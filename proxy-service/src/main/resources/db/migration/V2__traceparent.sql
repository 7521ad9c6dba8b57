-- The trace a CSR came in (certificates, section 12): handing it over, later, belongs to the same.
alter table session add column traceparent text;
