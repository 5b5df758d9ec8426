/**
 * SQL that makes the coming months' partitions of tables that are partitioned by range of a date. It may run again, also
 * twice at once, without harm; a table that is not there, or not partitioned, is passed over with a notice.
 *
 * @param tables names of the partitioned tables
 * @param months how many months after the current one get a partition; the current one has its own too
 */
export function partitionSql(tables: string[], months: number): string {
  const names = tables.map((table) => `'${table}'`).join(', ');
  return `DO $$
DECLARE
  parent text;
  first date;
BEGIN
  -- One run at a time: several instances may start this together.
  PERFORM pg_advisory_xact_lock(hashtext('stackladder-partitions'));
  -- A new partition locks its table for a moment: rather than let clients wait behind it, the next day tries again.
  PERFORM set_config('lock_timeout', '5s', true);
  FOREACH parent IN ARRAY ARRAY[${names}] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_partitioned_table WHERE partrelid = to_regclass(parent) AND partstrat = 'r') THEN
      RAISE NOTICE '% is not partitioned by range', parent;
      CONTINUE;
    END IF;
    FOR ahead IN 0..${months} LOOP
      first := date_trunc('month', now()) + make_interval(months => ahead);
      EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        parent || to_char(first, '_YYYY_MM'), parent, first, first + interval '1 month'
      );
    END LOOP;
  END LOOP;
END
$$;
`;
}
