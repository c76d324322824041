# layers: refuses an #include that points up, or from one face to the other.
# Run in src/:  find . -name '*.[ch]' -printf '%P\n' | xargs awk -f ../tools/layers.awk
# Order = who may stand on whom.  src/main.c stands on everything.
BEGIN {
	n = split("base db engine files report fhir backup personal clinic http cli", order, " ")
	for (i = 1; i <= n; i++) rank[order[i]] = i
	rank["report"] = rank["fhir"] = rank["backup"] = rank["files"]
	rank["clinic"] = rank["personal"]
}
FNR == 1 { files++ }
/^[ \t]*#[ \t]*include/ {
	what = $0; sub(/^[ \t]*#[ \t]*include[ \t]*/, "", what)
	split(FILENAME, here, "/"); split(what, p, /["<>\/]/)
	if (FILENAME == "main.c") next
	if (what ~ /^</ && p[2] in rank) { print FILENAME ": our own headers go in quotes: " what; bad++; next }
	if (what !~ /^"/) next
	if (!(here[1] in rank)) { print FILENAME ": unknown room " here[1]; bad++; next }
	if (what !~ /\//) { print FILENAME ": must name the room of " what; bad++; next }
	if (!(p[2] in rank)) { print FILENAME ": unknown room " p[2]; bad++; next }
	if (rank[p[2]] > rank[here[1]] || (rank[p[2]] == rank[here[1]] && p[2] != here[1])) {
		print FILENAME ": must not include " what; bad++ }
}
END { printf "layers: %d passed, %d failed\n", files - bad, bad; exit bad > 0 }
