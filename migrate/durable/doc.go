// Package durable runs plans of package migrate where no disk can be kept: in pods and pipelines, by
// several people, for days. What [runner] keeps in a file it keeps in a database, with the engine for
// durable workflows DBOS: in SQLite where one machine will do, in PostgreSQL for any number of
// workers. It is a module of its own, so that nobody else needs the engine.
//
// A [Store] is where people work: they start a fleet, pause it, resume it, give it another plan, and look
// how it stands. [Work] is a worker, which runs what is in the store. A fleet is one workflow of the
// engine, with one worker at a time; waves have 25 migrations and follow one another, so that more would
// not be faster. Other workers run other fleets, and take over those of one that dies.
//
// What must not happen twice is in the hands of [runner]: each record of its journal is a step of the
// workflow, which the engine has stored before the request is made that the record announces. A worker
// that takes over reads the records and looks for what was requested; it does not ask again. The engine
// takes a step only from the worker that has the workflow, so that one which was only thought dead stops
// at its next record, before a request.
//
// Calls are paced for each account and Region if Worker.Connect returns a [runner.Paced]: the fleets of a
// worker there share that pace, and with throttle/redisquota behind it so do all workers.
//
// The engine runs a workflow only under the version by which it was begun, and unless told takes a
// fingerprint of the program for it. [Version] is named by the format of what is stored instead, so that a
// program built anew goes on with what an older one began, and the other way round.
package durable
