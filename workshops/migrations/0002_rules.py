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

ADOPTED = """
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

AUTHORS = """
create function workshops_guard_author() returns trigger language plpgsql as $$
declare
    is_anonymous boolean := (select w.is_anonymous from workshops_workshop w where w.id = new.workshop_id);
begin
    if is_anonymous and new.is_revealed and new.participant_id is not null then
        raise exception 'what an anonymous workshop reveals has no author'
            using errcode = 'check_violation', constraint = tg_argv[0] || '_has_no_author_once_revealed';
    end if;
    if not is_anonymous and new.participant_id is null then
        raise exception 'only an anonymous workshop forgets authors'
            using errcode = 'check_violation', constraint = tg_argv[0] || '_has_an_author';
    end if;
    return null;
end $$;
create trigger answer_author after insert or update on workshops_answer
    for each row execute function workshops_guard_author('answer');
create trigger opinion_author after insert or update on workshops_opinion
    for each row execute function workshops_guard_author('opinion');
create trigger card_author after insert or update on workshops_card
    for each row execute function workshops_guard_author('card');
"""

# Who has written in the belief that nobody learns it must be able to rely on it.
ANONYMOUS = """
create function workshops_stay_anonymous() returns trigger language plpgsql as $$
begin
    raise exception 'workshop % began otherwise', old.id
        using errcode = 'check_violation', constraint = 'workshop_stays_as_anonymous_as_it_began';
end $$;
create trigger workshop_stays_anonymous before update of is_anonymous on workshops_workshop
    for each row when (old.is_anonymous is distinct from new.is_anonymous)
    execute function workshops_stay_anonymous();
"""

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
drop trigger workshop_stays_anonymous on workshops_workshop;
drop function workshops_stay_anonymous();
drop trigger card_author on workshops_card;
drop trigger opinion_author on workshops_opinion;
drop trigger answer_author on workshops_answer;
drop function workshops_guard_author();
drop trigger card_adopted_stays on workshops_card;
drop function workshops_keep_adopted();
drop trigger adoption_guarded on workshops_adoption;
drop function workshops_guard_adoption();
drop trigger card_in_its_workshop on workshops_card;
drop function workshops_guard_card();
"""


class Migration(migrations.Migration):
    dependencies = [("workshops", "0001_tables")]

    replaces = [
        ("workshops", "0002_cards_stay_in_their_workshop"),
        ("workshops", "0003_adopted_cards_stay"),
        ("workshops", "0005_authors_are_cut_loose"),
        ("workshops", "0014_groups_are_of_a_whole"),
    ]

    operations = [migrations.RunSQL(CARD + ADOPTION + ADOPTED + AUTHORS + ANONYMOUS + GROUPS, UNDO)]
