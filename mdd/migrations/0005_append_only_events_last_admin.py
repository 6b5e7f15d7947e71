from django.db import migrations

EVENTS = """
create trigger event_append_only before update or delete on mdd_event
    for each row execute function mdd_append_only();
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
"""


class Migration(migrations.Migration):
    dependencies = [("mdd", "0004_topics_events_invitations")]

    operations = [migrations.RunSQL(EVENTS + ADMIN, UNDO)]
