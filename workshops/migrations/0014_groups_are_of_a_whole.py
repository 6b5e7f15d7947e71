from django.db import migrations

GROUPS = """
create function workshops_guard_group() returns trigger language plpgsql as $$
declare
    whole workshops_workshop := (select w from workshops_workshop w where w.id = new.parent_id);
begin
    if whole.parent_id is not null or new.id = new.parent_id
        or exists (select from workshops_workshop w where w.parent_id = new.id) then
        raise exception 'a group has no groups of its own'
            using errcode = 'check_violation', constraint = 'workshop_group_is_of_a_whole_one';
    end if;
    if whole.squad_id is distinct from new.squad_id or whole.is_anonymous is distinct from new.is_anonymous then
        raise exception 'a group is of the same squad, and as anonymous as the whole'
            using errcode = 'check_violation', constraint = 'workshop_group_is_as_the_whole';
    end if;
    return null;
end $$;
create trigger workshop_group after insert or update of parent_id, squad_id on workshops_workshop
    for each row when (new.parent_id is not null) execute function workshops_guard_group();
"""
UNDO = """
drop trigger workshop_group on workshops_workshop;
drop function workshops_guard_group();
"""


class Migration(migrations.Migration):
    dependencies = [("workshops", "0013_groups")]

    operations = [migrations.RunSQL(GROUPS, UNDO)]
