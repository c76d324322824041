#pragma once
/*
 * drug_classes - a small built-in list: which drugs are of a kind, so that an
 * allergy to one is a warning for the others.
 *
 * It knows common names, generic and some trade names, in English.  It is no
 * formulary: what it does not know, it does not warn of.
 */
#include <stdbool.h>
#include <stdint.h>

struct arena;

/* A name made comparable: folded, words between single blanks, blanks at both
 * ends. */
const char *drug_words(struct arena *arena, const char *name);
/* Bit per class that the words name, or name a member of. */
uint32_t drug_classes(const char *words);
/* Classes that may react like those of the set. */
uint32_t drug_related(uint32_t classes);
/* The name of the first class of a set: "penicillins". */
const char *drug_class_name(uint32_t classes);
/* Whether the words of two names have a telling word in common, or are the same. */
bool drug_alike(const char *a, const char *b);
