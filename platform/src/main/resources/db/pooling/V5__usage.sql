-- Daily facts of a month added up, so that years of them are read in a moment. Brought up to date with each collection.
CREATE TABLE pooling.usage_month (
    month    date NOT NULL CHECK (extract(day FROM month) = 1),
    metric   text NOT NULL,
    service  text NOT NULL,
    member   uuid NOT NULL,
    total    bigint NOT NULL,
    days     integer NOT NULL CHECK (days > 0),
    last_day date NOT NULL,
    last     bigint NOT NULL, -- the value of the last day
    PRIMARY KEY (metric, service, month, member)
);
CREATE INDEX ON pooling.usage_month (member, month);

CREATE FUNCTION pooling.add_up(since date, until date) RETURNS void LANGUAGE sql AS $$
    INSERT INTO pooling.usage_month (month, metric, service, member, total, days, last_day, last)
    SELECT date_trunc('month', day)::date, metric, service, member, sum(value), count(*), max(day), (array_agg(value ORDER BY day DESC))[1]
    FROM pooling.usage_fact WHERE day >= date_trunc('month', since) AND day < date_trunc('month', until) + interval '1 month'
    GROUP BY 1, 2, 3, 4
    ON CONFLICT (metric, service, month, member) DO UPDATE
    SET total = excluded.total, days = excluded.days, last_day = excluded.last_day, last = excluded.last
$$;
SELECT pooling.add_up(min(day), max(day)) FROM pooling.usage_fact;
