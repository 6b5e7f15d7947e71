from django.db import migrations

CARD = """
create function workshops_guard_card() returns trigger language plpgsql as $$
begin
    if new.workshop_id is distinct from (select workshop_id from workshops_bucket where id = new.bucket_id) then
        raise exception 'bucket % is another workshop''s', new.bucket_id
            using errcode = 'check_violation', constraint = 'card_lies_in_its_own_workshop';
    end if;
    return null;
end $$;
create constraint trigger card_in_its_workshop after insert or update of bucket_id, workshop_id on workshops_card
    for each row when (new.bucket_id is not null) execute function workshops_guard_card();
"""
UNDO = """
drop trigger card_in_its_workshop on workshops_card;
drop function workshops_guard_card();
"""


class Migration(migrations.Migration):
    dependencies = [("workshops", "0001_workshops_and_their_boards")]

    operations = [migrations.RunSQL(CARD, UNDO)]
