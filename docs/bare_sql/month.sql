-- What the account of a committee's month cannot do without: per lead unit, the numbers that stand or fall in it.
-- No rest days, no original due dates, no extensions, no tasks from old notices; the same indexes as the product
-- (ix_task_span_standing, ix_task_span_closing). `run.py bench` measures the product's summary against this.
WITH at_end AS (
    SELECT task_id, lead_unit_id, state, current_due, reported_on
    FROM task_span
    WHERE authority_id = :authority AND committee_id = :committee
      AND state IN ('assigned', 'contested', 'in_progress', 'reported', 'paused')
      AND ended_at IS NULL AND COALESCE(began_at, :ends) < :ends
    UNION ALL
    SELECT task_id, lead_unit_id, state, current_due, reported_on
    FROM task_span
    WHERE authority_id = :authority AND committee_id = :committee
      AND state IN ('assigned', 'contested', 'in_progress', 'reported', 'paused')
      AND ended_at >= :ends AND COALESCE(began_at, :ends) < :ends
    UNION ALL
    SELECT task_id, lead_unit_id, state, current_due, reported_on
    FROM task_span
    WHERE authority_id = :authority AND committee_id = :committee
      AND state IN ('completed', 'withdrawn')
      AND began_at >= :begins AND began_at < :ends AND (ended_at IS NULL OR ended_at >= :ends)
)
SELECT
    e.lead_unit_id AS unit,
    SUM(CASE WHEN s.id IS NOT NULL THEN 1 ELSE 0 END) AS carried,
    SUM(CASE WHEN s.id IS NULL THEN 1 ELSE 0 END) AS assigned,
    SUM(CASE WHEN e.state = 'completed' AND e.reported_on <= e.current_due THEN 1 ELSE 0 END) AS on_time,
    SUM(CASE WHEN e.state = 'completed' AND e.reported_on > e.current_due THEN 1 ELSE 0 END) AS late,
    SUM(CASE WHEN e.state = 'withdrawn' THEN 1 ELSE 0 END) AS withdrawn,
    SUM(CASE WHEN e.state NOT IN ('completed', 'withdrawn')
             AND COALESCE(e.reported_on, :as_at) <= e.current_due THEN 1 ELSE 0 END) AS in_time,
    SUM(CASE WHEN e.state NOT IN ('completed', 'withdrawn')
             AND COALESCE(e.reported_on, :as_at) > e.current_due THEN 1 ELSE 0 END) AS overdue
FROM at_end AS e
LEFT JOIN task_span AS s
    ON s.task_id = e.task_id AND s.began_at < :begins AND (s.ended_at IS NULL OR s.ended_at >= :begins)
    AND s.state IN ('assigned', 'contested', 'in_progress', 'reported', 'paused')
GROUP BY e.lead_unit_id
ORDER BY e.lead_unit_id
