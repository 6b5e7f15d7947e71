SELECT
    ts,
    100 * avg((NOT cancelled)::int) AS flown,
    count(cancelled) AS weight
FROM generate_series(%(start)s::timestamptz, %(end)s::timestamptz - interval '1 us', %(step)s::interval) AS ts
LEFT JOIN scheduled ON scheduled_at >= ts AND scheduled_at < ts + %(step)s::interval
GROUP BY ts
ORDER BY ts
