SELECT
    ts,
    100 * avg((dep_delay < 15)::int) FILTER (WHERE extract(hour FROM departed_at) BETWEEN 5 AND 8) AS morning,
    count(*) FILTER (WHERE extract(hour FROM departed_at) BETWEEN 5 AND 8) AS morning_weight,
    100 * avg((dep_delay < 15)::int) FILTER (WHERE extract(hour FROM departed_at) >= 18) AS evening,
    count(*) FILTER (WHERE extract(hour FROM departed_at) >= 18) AS evening_weight
FROM generate_series(%(start)s::timestamptz, %(end)s::timestamptz - interval '1 us', %(step)s::interval) AS ts
LEFT JOIN departures ON departed_at >= ts AND departed_at < ts + %(step)s::interval
GROUP BY ts
ORDER BY ts
