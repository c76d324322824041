#pragma once
/*
 * user_tags - the slots of personal_user_tags, in the order of its columns.
 */
enum {
	USER_TAGS_USER_ID, USER_TAGS_TAG, USER_TAGS__COUNT
};
