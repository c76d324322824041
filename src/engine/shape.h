#pragma once
/*
 * shape - forms that a text can have, for .shape of a field.
 */
#include "engine/record.h"

shape_fn shape_email;        /* RFC-like syntax, no special-use domain; domain lower-cased */
shape_fn shape_email_simple; /* local@domain.tld, lower-cased; "" kept */
shape_fn shape_phone;        /* 10..15 digits, trimmed, kept as typed; "" kept */
shape_fn shape_phone_digits; /* 10..15 digits, stored as digits, leading 1 of 11 dropped */
shape_fn shape_website;      /* https:// put before when there is no scheme */
shape_fn shape_zip;          /* 12345 or 12345-6789 */
shape_fn shape_username;     /* letters, digits, _ and -; lower-cased */
