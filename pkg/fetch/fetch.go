// Package fetch brings files from the network and archives into the program,
// safely: a verified, resumable https download ([Download]), a walk through a
// tar.gz archive that refuses hostile ones ([WalkTarGz]), and the two things
// that both rest on, files that are never seen half-written ([Replace]) and a
// lock between processes ([Lock]).
//
// It imports the standard library only, and runs on Unix systems.
package fetch
