from django.db import migrations

# The card is locked by whoever adopts it, and by whoever moves it: the second of the two sees what the first did.
ADOPTION = """
create function workshops_guard_adoption() returns trigger language plpgsql as $$
declare
    adopted record;
begin
    select card.state, workshop.squad_id into adopted from workshops_card card
        join workshops_workshop workshop on workshop.id = card.workshop_id
        where card.id = new.card_id for no key update of card;
    if adopted.state <> 'survived' then
        raise exception 'card % is %', new.card_id, adopted.state
            using errcode = 'check_violation', constraint = 'adoption_of_a_survivor';
    end if;
    if adopted.squad_id is distinct from (select squad_id from metrics_metric where id = new.metric_id) then
        raise exception 'metric % is another squad''s', new.metric_id
            using errcode = 'check_violation', constraint = 'adoption_within_the_squad';
    end if;
    return null;
end $$;
create constraint trigger adoption_guarded after insert or update on workshops_adoption
    for each row execute function workshops_guard_adoption();
"""
CARD = """
create function workshops_keep_adopted() returns trigger language plpgsql as $$
begin
    if exists (select from workshops_adoption where card_id = old.id) then
        raise exception 'card % is a metric already', old.id
            using errcode = 'check_violation', constraint = 'card_adopted_stays';
    end if;
    return new;
end $$;
create trigger card_adopted_stays before update of state, bucket_id, workshop_id on workshops_card
    for each row when (
        (old.state, old.bucket_id, old.workshop_id) is distinct from (new.state, new.bucket_id, new.workshop_id)
    ) execute function workshops_keep_adopted();
"""
UNDO = """
drop trigger card_adopted_stays on workshops_card;
drop function workshops_keep_adopted();
drop trigger adoption_guarded on workshops_adoption;
drop function workshops_guard_adoption();
"""


class Migration(migrations.Migration):
    dependencies = [("workshops", "0002_cards_stay_in_their_workshop")]

    operations = [migrations.RunSQL(ADOPTION + CARD, UNDO)]
