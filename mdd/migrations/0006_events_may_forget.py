from django.db import migrations

# The one update that the log allows: forgetting who did it, and when to the minute.
FORGET = """
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
drop trigger event_append_only on mdd_event;
create trigger event_append_only before update or delete on mdd_event
    for each row execute function mdd_guard_event();
"""
REMEMBER = """
drop trigger event_append_only on mdd_event;
create trigger event_append_only before update or delete on mdd_event
    for each row execute function mdd_append_only();
drop function mdd_guard_event();
"""


class Migration(migrations.Migration):
    dependencies = [("mdd", "0005_append_only_events_last_admin")]

    operations = [migrations.RunSQL(FORGET, REMEMBER)]
