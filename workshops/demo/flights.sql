-- The flights of one year, laid on a rolling cycle of 364 days. Run by flights.py at each start; running it again changes nothing.

CREATE TABLE IF NOT EXISTS raw (
    year smallint, month smallint, day smallint,
    dep_time smallint, sched_dep_time smallint, dep_delay smallint,
    arr_time smallint, sched_arr_time smallint, arr_delay smallint,
    carrier text, flight smallint, tailnum text, origin text, dest text,
    air_time smallint, distance smallint, hour smallint, minute smallint, time_hour timestamptz
);

COMMENT ON TABLE raw IS 'flights.csv as it is; NA is null.';

CREATE TABLE IF NOT EXISTS laid (
    day date NOT NULL,
    scheduled_at timestamptz NOT NULL,
    departed_at timestamptz,
    landed_at timestamptz,
    dep_delay smallint, arr_delay smallint, air_time smallint,
    carrier text NOT NULL, flight smallint NOT NULL, tailnum text,
    origin text NOT NULL, dest text NOT NULL, distance smallint NOT NULL
);

COMMENT ON TABLE laid IS
    'Each day in New York holds the flights of the day of 2013 that lies a whole multiple of 364 days away, so '
    'weekdays are kept. The year has a 365th day, 31 December, for which the cycle has no place: it is left out. '
    'Local times are kept too. One that the spring change skips is read with the offset before the change, one that '
    'the autumn change repeats with the offset after it, as AT TIME ZONE does; delays are added as elapsed minutes.';

CREATE OR REPLACE VIEW scheduled AS
SELECT scheduled_at, carrier, flight, tailnum, origin, dest, distance, departed_at IS NULL AS cancelled
FROM laid
WHERE scheduled_at <= now();

COMMENT ON VIEW scheduled IS 'Flights whose scheduled departure has come. One that never left is cancelled, and known to be so at once.';

CREATE OR REPLACE VIEW departures AS
SELECT scheduled_at, departed_at, dep_delay, carrier, flight, tailnum, origin, dest, distance
FROM laid
WHERE departed_at <= now();

COMMENT ON VIEW departures IS 'Flights that have left. dep_delay is in minutes, below 0 when early.';

CREATE OR REPLACE VIEW arrivals AS
SELECT scheduled_at, departed_at, landed_at, dep_delay, arr_delay, air_time, carrier, flight, tailnum, origin, dest, distance
FROM laid
WHERE landed_at <= now();

COMMENT ON VIEW arrivals IS
    'Flights that have come down where they were meant to. landed_at is departed_at + air_time (minutes in the air; '
    'taxiing is not counted); arr_delay is in minutes at the gate, below 0 when early. Diverted flights never arrive here.';
