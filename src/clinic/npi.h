#pragma once
/*
 * npi - the National Provider Identifier's check digit (45 CFR 162.406: Luhn over
 * the ten digits with 80840 before them).
 */
#include <stdbool.h>

bool npi_valid(const char *npi);
