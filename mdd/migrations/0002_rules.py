from django.db import migrations

AUDIT = """
create function mdd_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger audit_append_only before update or delete on mdd_auditentry
    for each row execute function mdd_append_only();
"""

# The one update that the log allows: forgetting who did it, and when to the minute.
EVENTS = """
create function mdd_guard_event() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new."by" = '' and new.at = date_trunc('hour', old.at, 'UTC')
        and (new.id, new.topic_id, new.serial, new.operation, new.kind, new.payload, new.audience)
            is not distinct from
            (old.id, old.topic_id, old.serial, old.operation, old.kind, old.payload, old.audience)
    then
        return new;
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger event_append_only before update or delete on mdd_event
    for each row execute function mdd_guard_event();
"""

# The squad's row is the lock: of two admins who leave at once the second sees that the first has left.
ADMIN = """
create function mdd_keep_admin() returns trigger language plpgsql as $$
begin
    perform from mdd_squad where id = old.squad_id for no key update;
    if not exists (select from mdd_membership where squad_id = old.squad_id and role = 'admin') then
        raise exception 'squad % would have no admin', old.squad_id
            using errcode = 'check_violation', constraint = 'squad_has_an_admin';
    end if;
    return null;
end $$;
create trigger membership_keeps_admin after update or delete on mdd_membership
    for each row when (old.role = 'admin') execute function mdd_keep_admin();
"""

UNDO = """
drop trigger membership_keeps_admin on mdd_membership;
drop function mdd_keep_admin();
drop trigger event_append_only on mdd_event;
drop function mdd_guard_event();
drop trigger audit_append_only on mdd_auditentry;
drop function mdd_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("mdd", "0001_tables")]

    replaces = [
        ("mdd", "0002_append_only_audit"),
        ("mdd", "0005_append_only_events_last_admin"),
        ("mdd", "0006_events_may_forget"),
    ]

    operations = [migrations.RunSQL(AUDIT + EVENTS + ADMIN, UNDO)]
