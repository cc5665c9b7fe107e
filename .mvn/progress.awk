# Maven's output in few lines: what it is doing, how much it has fetched, the tests, and all that went wrong.
/^Downloaded from/ { if (++fetched % 100 == 0) say("   fetched " fetched " files"); next }
/^(Downloading|Progress)/ { next }
/^\[INFO\] --- / { sub(/^\[INFO\] --- /, ""); sub(/ @ .*/, ""); say("   " $0); next }
/^\[INFO\] Running / { sub(/^\[INFO\] Running /, ""); say("   test " $0); next }
/Tests run:/ { say($0); next }
/^\[(ERROR|WARNING)\]/ || /BUILD/ || /FAIL/ { say($0); next }
function say(line) { print line; fflush() }
