/*
 * npi - the National Provider Identifier's check digit.
 */
#include "clinic/npi.h"

#include <string.h>

bool
npi_valid(const char *npi)
{
	int sum = 24; /* what the prefix 80840 adds */

	if (!npi || strlen(npi) != 10)
		return false;
	for (int i = 0; i < 10; i++) {
		int digit = npi[i] - '0';

		if (digit < 0 || digit > 9)
			return false;
		if (i % 2 == 0) /* every second from the right but one */
			digit = digit > 4 ? digit * 2 - 9 : digit * 2;
		sum += digit;
	}
	return sum % 10 == 0;
}
