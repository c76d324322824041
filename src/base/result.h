#pragma once
/*
 * result - how every function that can fail answers.
 *
 * Four answers a caller can act on and one fault of ours.  The words a person
 * reads travel beside it (engine/work.h: fail(), engine/problem.h: problem()).
 */
enum result {
	OK,
	INVALID,  /* what was given breaks a rule; problems say which */
	MISSING,  /* not there, or not to be seen by who asks */
	DENIED,   /* seen but not permitted */
	CONFLICT, /* true now, but at odds with what is stored */
	FAULT     /* ours: logged once where it was found */
};

#define MUST_CHECK     __attribute__((warn_unused_result))
#define COUNT(array)   (sizeof(array) / sizeof((array)[0]))
#define PRINTF(f, a)   __attribute__((format(printf, f, a)))
#define CLEANUP(close) __attribute__((cleanup(close)))
