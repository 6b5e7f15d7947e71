SELECT
    ts,
    (
        SELECT coalesce(sum(distance), 0) FROM departures
        WHERE departed_at >= ts AND departed_at < ts + %(step)s::interval
    ) AS miles,
    (
        SELECT count(DISTINCT dest) FROM departures
        WHERE departed_at >= date_trunc('day', ts) AND departed_at < ts + %(step)s::interval
    ) AS destinations
FROM generate_series(%(start)s::timestamptz, %(end)s::timestamptz - interval '1 us', %(step)s::interval) AS ts
ORDER BY ts
