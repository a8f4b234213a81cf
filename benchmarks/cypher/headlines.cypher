// Give the headline figures of all accounts.
// Parameters: $day, $half_life, $live_from
// Columns: account, seats, weight, covered, twice, most, total, squares
MATCH (s:Seat)-[:IN]->(a:Account)
WITH a, collect(s) AS seats, percentileCont(s.weight, 0.5) AS typical
UNWIND seats AS s
WITH a, s, coalesce(s.weight, typical, 1.0) AS w
OPTIONAL MATCH (t:Team)-[k:KNOWS]->(s)
WITH a, s, w, t.id AS team, k.level AS level,
     CASE WHEN s.has_left THEN 0.0
          ELSE coalesce(k.level, 0) * exp(log(2.0) * (k.day - $day) / $half_life) END AS strength
WITH a, w,
     collect(CASE WHEN team IS NOT NULL THEN {team: team, amount: w * strength} END) AS ties,
     collect(CASE WHEN level >= 2 AND strength >= $live_from THEN team END) AS live, s
WITH a, collect({w: w, n: size(live), only: live[0], ties: ties}) AS rows
CALL (rows) {
  UNWIND rows AS row
  UNWIND row.ties AS tie
  WITH tie.team AS team, sum(tie.amount) AS amount
  RETURN sum(amount) AS total, sum(amount * amount) AS squares
}
CALL (rows) {
  UNWIND rows AS row
  WITH row WHERE row.n = 1
  WITH row.only AS team, sum(row.w) AS sole
  RETURN max(sole) AS most
}
RETURN a.id AS account, size(rows) AS seats,
       reduce(sum = 0.0, row IN rows | sum + row.w) AS weight,
       reduce(sum = 0.0, row IN rows | sum + CASE WHEN row.n >= 1 THEN row.w ELSE 0.0 END) AS covered,
       reduce(sum = 0.0, row IN rows | sum + CASE WHEN row.n >= 2 THEN row.w ELSE 0.0 END) AS twice,
       coalesce(most, 0.0) AS most, total, squares
ORDER BY account
