-- Invoices, payments, refunds and the ledger. Amounts are minor units of the clinic's currency.

create table invoice (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    branch_id uuid not null,
    doctor_id uuid,
    visit_id uuid,
    status text not null default 'draft',
    number text,
    issued_at timestamptz,
    issued_on date,
    issued_by uuid,
    currency text not null,
    subtotal bigint not null default 0,
    discount bigint not null default 0,
    tax bigint not null default 0,
    total bigint not null default 0,
    paid bigint not null default 0,
    notes text,
    created_at timestamptz not null,
    created_by uuid not null,
    version int not null default 1,
    constraint invoice_pkey primary key (clinic_id, id),
    constraint invoice_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint invoice_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
    constraint invoice_doctor_fkey foreign key (clinic_id, doctor_id) references staff (clinic_id, id),
    constraint invoice_visit_fkey foreign key (clinic_id, visit_id) references visit (clinic_id, id),
    constraint invoice_issued_by_fkey foreign key (clinic_id, issued_by) references staff (clinic_id, id),
    constraint invoice_created_by_fkey foreign key (clinic_id, created_by) references staff (clinic_id, id),
    constraint invoice_number_once unique (clinic_id, number),
    constraint invoice_status_known check (status in ('draft', 'issued', 'part_paid', 'paid')),
    constraint invoice_numbered_when_issued check ((status = 'draft') = (number is null) and (number is null) = (issued_at is null)),
    constraint invoice_sums check (total = subtotal - discount + tax),
    constraint invoice_amounts_range check (
        subtotal between 0 and 1000000000000000 and discount between 0 and subtotal and tax >= 0),
    constraint invoice_never_overpaid check (paid between 0 and total),
    constraint invoice_status_follows_paid check (
        status in ('draft', 'issued') and (paid = 0) or status = 'part_paid' and paid > 0 and paid < total or status = 'paid' and paid = total)
);
create index invoice_patient on invoice (clinic_id, patient_id, created_at desc);
create index invoice_recent on invoice (clinic_id, created_at desc, id desc);
create index invoice_status on invoice (clinic_id, status, created_at desc);
call protect_table('invoice');

create table invoice_line (
    clinic_id uuid not null,
    id uuid not null,
    invoice_id uuid not null,
    position int not null,
    procedure_id uuid,
    visit_procedure_id uuid,
    description_ar text not null,
    description_en text not null,
    tooth text,
    surfaces text[] not null default '{}',
    quantity int not null,
    unit_price bigint not null,
    discount bigint not null default 0,
    tax_code text not null,
    tax_percent numeric(5, 2) not null default 0,
    subtotal bigint not null,
    tax bigint not null,
    total bigint not null,
    constraint invoice_line_pkey primary key (clinic_id, id),
    constraint invoice_line_invoice_fkey foreign key (clinic_id, invoice_id) references invoice (clinic_id, id),
    constraint invoice_line_procedure_fkey foreign key (clinic_id, procedure_id) references procedure_item (clinic_id, id),
    constraint invoice_line_visit_procedure_fkey foreign key (clinic_id, visit_procedure_id) references visit_procedure (clinic_id, id),
    constraint invoice_line_position_once unique (clinic_id, invoice_id, position) deferrable,
    constraint invoice_line_work_billed_once unique (clinic_id, visit_procedure_id),
    constraint invoice_line_tax_code_known check (tax_code in ('exempt', 'zero', 'standard')),
    constraint invoice_line_tax_percent_range check (tax_percent between 0 and 100),
    constraint invoice_line_quantity_range check (quantity between 1 and 999),
    constraint invoice_line_price_range check (unit_price between 0 and 1000000000000),
    constraint invoice_line_discount_range check (discount between 0 and subtotal),
    constraint invoice_line_sums check (subtotal = quantity * unit_price and total = subtotal - discount + tax)
);
create index invoice_line_invoice on invoice_line (clinic_id, invoice_id, position);
call protect_table('invoice_line');

-- An issued invoice is a frozen copy: only what was paid on it moves. It is issued as the sum of its lines, with
-- nothing paid yet.
create function invoice_issued_stays() returns trigger
    language plpgsql as $$
begin
    if old.status = 'draft' then
        if tg_op = 'DELETE' then
            return old;
        end if;
        if new.status <> 'draft' and (new.paid <> 0 or (
            select (count(*) > 0, coalesce(sum(l.subtotal), 0)::bigint, coalesce(sum(l.discount), 0)::bigint,
                coalesce(sum(l.tax), 0)::bigint, coalesce(sum(l.total), 0)::bigint)
            from invoice_line l where l.clinic_id = new.clinic_id and l.invoice_id = new.id
        ) is distinct from (true, new.subtotal, new.discount, new.tax, new.total)) then
            raise exception 'an invoice is the sum of its lines' using errcode = 'check_violation', constraint = 'invoice_sum_of_lines';
        end if;
        return new;
    end if;
    if tg_op = 'UPDATE' and new.status <> 'draft'
        and (to_jsonb(new) - '{status,paid,version}'::text[]) = (to_jsonb(old) - '{status,paid,version}'::text[])
        and new.paid = (select coalesce(sum(a.amount), 0) from payment_allocation a
            where a.clinic_id = new.clinic_id and a.invoice_id = new.id) then
        return new;
    end if;
    raise exception 'an issued invoice stays as it was issued' using errcode = 'restrict_violation', constraint = 'invoice_issued_stays';
end $$;
create trigger invoice_issued_stays before update or delete on invoice for each row execute function invoice_issued_stays();

create function invoice_line_needs_draft() returns trigger
    language plpgsql as $$
declare
    v_status text;
begin
    if tg_op = 'UPDATE' and (new.clinic_id, new.invoice_id) is distinct from (old.clinic_id, old.invoice_id) then
        raise exception 'a line stays on its invoice' using errcode = 'restrict_violation', constraint = 'invoice_line_stays';
    end if;
    if tg_op = 'DELETE' then
        select i.status into v_status from invoice i where i.clinic_id = old.clinic_id and i.id = old.invoice_id for share;
    else
        select i.status into v_status from invoice i where i.clinic_id = new.clinic_id and i.id = new.invoice_id for share;
    end if;
    if v_status is distinct from 'draft' then
        raise exception 'an issued invoice stays as it was issued' using errcode = 'restrict_violation', constraint = 'invoice_issued_stays';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;
create trigger invoice_line_needs_draft before insert or update or delete on invoice_line
    for each row execute function invoice_line_needs_draft();
create trigger invoice_no_truncate before truncate on invoice for each statement execute function refuse_change();
create trigger invoice_line_no_truncate before truncate on invoice_line for each statement execute function refuse_change();

create table payment (
    clinic_id uuid not null,
    id uuid not null,
    patient_id uuid not null,
    branch_id uuid not null,
    number text not null,
    method text not null,
    amount bigint not null,
    currency text not null,
    reference text,
    received_at timestamptz not null,
    received_on date not null,
    received_by uuid not null,
    constraint payment_pkey primary key (clinic_id, id),
    constraint payment_patient_fkey foreign key (clinic_id, patient_id) references patient (clinic_id, id),
    constraint payment_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
    constraint payment_received_by_fkey foreign key (clinic_id, received_by) references staff (clinic_id, id),
    constraint payment_number_once unique (clinic_id, number),
    constraint payment_method_known check (method in ('cash', 'card', 'transfer')),
    constraint payment_amount_range check (amount between 1 and 1000000000000000)
);
create index payment_patient on payment (clinic_id, patient_id, received_at desc);
create index payment_recent on payment (clinic_id, received_at desc, id desc);
call protect_table('payment');
call make_insert_only('payment');

create table payment_allocation (
    clinic_id uuid not null,
    id uuid not null,
    payment_id uuid not null,
    invoice_id uuid not null,
    amount bigint not null,
    at timestamptz not null,
    by uuid not null,
    constraint payment_allocation_pkey primary key (clinic_id, id),
    constraint payment_allocation_payment_fkey foreign key (clinic_id, payment_id) references payment (clinic_id, id),
    constraint payment_allocation_invoice_fkey foreign key (clinic_id, invoice_id) references invoice (clinic_id, id),
    constraint payment_allocation_by_fkey foreign key (clinic_id, by) references staff (clinic_id, id),
    constraint payment_allocation_not_zero check (amount <> 0)
);
create index payment_allocation_payment on payment_allocation (clinic_id, payment_id);
create index payment_allocation_invoice on payment_allocation (clinic_id, invoice_id);
call protect_table('payment_allocation');
call make_insert_only('payment_allocation');

create table refund (
    clinic_id uuid not null,
    id uuid not null,
    payment_id uuid not null,
    patient_id uuid not null,
    number text not null,
    amount bigint not null,
    reason text not null,
    refunded_at timestamptz not null,
    refunded_on date not null,
    refunded_by uuid not null,
    constraint refund_pkey primary key (clinic_id, id),
    constraint refund_payment_fkey foreign key (clinic_id, payment_id) references payment (clinic_id, id),
    constraint refund_by_fkey foreign key (clinic_id, refunded_by) references staff (clinic_id, id),
    constraint refund_number_once unique (clinic_id, number),
    constraint refund_amount_positive check (amount > 0),
    constraint refund_has_reason check (length(reason) between 1 and 500)
);
create index refund_payment on refund (clinic_id, payment_id);
call protect_table('refund');
call make_insert_only('refund');

-- What is refunded, and what is allocated and refunded together, never exceeds the payment, and no invoice gives
-- back more than the payment paid on it; the payment's row is the lock.
-- A refund takes back allocations (negative rows) first when nothing else is left.
create function payment_never_exceeded() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_amount bigint;
    v_allocated bigint;
    v_least bigint;
    v_refunded bigint;
begin
    select p.amount into v_amount from payment p
        where p.clinic_id = new.clinic_id and p.id = new.payment_id for update;
    select coalesce(sum(i.amount), 0), coalesce(min(i.amount), 0) into v_allocated, v_least from (
        select sum(a.amount) as amount from payment_allocation a
        where a.clinic_id = new.clinic_id and a.payment_id = new.payment_id group by a.invoice_id) i;
    select coalesce(sum(r.amount), 0) into v_refunded
        from refund r where r.clinic_id = new.clinic_id and r.payment_id = new.payment_id;
    if v_allocated + v_refunded > v_amount or v_refunded > v_amount or v_least < 0 then
        raise exception 'a payment is never used for more than it was'
            using errcode = 'check_violation', constraint = 'payment_never_exceeded';
    end if;
    return null;
end $$;
create trigger payment_allocation_never_exceeds after insert on payment_allocation
    for each row execute function payment_never_exceeded();
create trigger refund_never_exceeds after insert on refund
    for each row execute function payment_never_exceeded();

-- The invoice's paid amount and status follow its allocations, by themselves.
create function invoice_follows_allocations() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_paid bigint;
begin
    perform 1 from invoice i where i.clinic_id = new.clinic_id and i.id = new.invoice_id for update;
    select coalesce(sum(a.amount), 0) into v_paid
        from payment_allocation a where a.clinic_id = new.clinic_id and a.invoice_id = new.invoice_id;
    update invoice i
        set paid = v_paid, version = i.version + 1,
            status = case when v_paid = 0 then 'issued' when v_paid < i.total then 'part_paid' else 'paid' end
        where i.clinic_id = new.clinic_id and i.id = new.invoice_id and i.status <> 'draft';
    if not found then
        raise exception 'a draft is not paid' using errcode = 'check_violation', constraint = 'payment_allocation_needs_issued_invoice';
    end if;
    return null;
end $$;
create trigger payment_allocation_moves_invoice after insert on payment_allocation
    for each row execute function invoice_follows_allocations();

-- The ledger: what a patient owes (positive) and has given (negative); it is written by the triggers below alone.
create table ledger_entry (
    clinic_id uuid not null,
    id bigint generated always as identity,
    patient_id uuid not null,
    kind text not null,
    amount bigint not null,
    source_id uuid not null,
    on_date date not null,
    at timestamptz not null default clock_timestamp(),
    constraint ledger_entry_pkey primary key (clinic_id, id),
    constraint ledger_entry_source_once unique (clinic_id, kind, source_id),
    constraint ledger_entry_kind_known check (kind in ('invoice', 'payment', 'refund')),
    constraint ledger_entry_sign check (case kind when 'payment' then amount < 0 else amount >= 0 end)
);
create index ledger_entry_patient on ledger_entry (clinic_id, patient_id);
call protect_table('ledger_entry', p_audit => false);
call make_insert_only('ledger_entry');
revoke insert on ledger_entry from dentpro_app;

create function ledger_follows() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_table_name like 'invoice%' then
        if (tg_op = 'INSERT' or old.status = 'draft') and new.status <> 'draft' then
            insert into ledger_entry (clinic_id, patient_id, kind, amount, source_id, on_date)
            values (new.clinic_id, new.patient_id, 'invoice', new.total, new.id, new.issued_on);
        end if;
    elsif tg_table_name like 'payment%' then
        insert into ledger_entry (clinic_id, patient_id, kind, amount, source_id, on_date)
        values (new.clinic_id, new.patient_id, 'payment', -new.amount, new.id, new.received_on);
    else
        insert into ledger_entry (clinic_id, patient_id, kind, amount, source_id, on_date)
        values (new.clinic_id, new.patient_id, 'refund', new.amount, new.id, new.refunded_on);
    end if;
    return null;
end $$;
create trigger invoice_ledger after insert or update on invoice for each row execute function ledger_follows();
create trigger payment_ledger after insert on payment for each row execute function ledger_follows();
create trigger refund_ledger after insert on refund for each row execute function ledger_follows();
