/*
 * sharing - invitations and what they lead to: shares of patients and of family
 * history.  Their routes check every step; nothing of them is taken from a
 * request by the engine.
 */
#include "personal/family_history_shares.h"
#include "personal/family_members.h"
#include "personal/invitations.h"
#include "personal/patient_shares.h"
#include "personal/records.h"
#include "personal/rules.h"

static const struct choice invitation_types[] = {
	{ "family_history_share", "Family history" },
	{ "patient_share", "Patient" },
	{ "family_join", "Family" },
	{ 0 }
};

static const struct choice invitation_statuses[] = {
	{ "pending", "Pending" },
	{ "accepted", "Accepted" },
	{ "rejected", "Rejected" },
	{ "expired", "Expired" },
	{ "cancelled", "Cancelled" },
	{ "revoked", "Revoked" },
	{ 0 }
};

static const struct choice permissions[] = {
	{ "view", "See" },
	{ "edit", "Change" },
	{ "full", "Share and manage" },
	{ 0 }
};

static const struct field invitation_fields[] = {
	REF   (INVITATIONS_SENT_BY_USER_ID, "sent_by_user_id", "From", personal_users,
	       .not_null = true, .read_only = true, .on_delete = KEEP),
	REF   (INVITATIONS_SENT_TO_USER_ID, "sent_to_user_id", "To", personal_users,
	       .not_null = true, .read_only = true, .on_delete = KEEP),
	CHOICE(INVITATIONS_INVITATION_TYPE, "invitation_type", "Type", invitation_types,
	       .not_null = true, .read_only = true),
	CHOICE(INVITATIONS_STATUS, "status", "Status", invitation_statuses,
	       .not_null = true, .initial = WORD("pending"), .read_only = true),
	TEXT  (INVITATIONS_TITLE, "title", "Title", .not_null = true, .read_only = true),
	NOTE  (INVITATIONS_MESSAGE, "message", "Message", .read_only = true),
	JSON  (INVITATIONS_CONTEXT_DATA, "context_data", "About", .not_null = true,
	       .plain_json = true, .read_only = true),
	MOMENT(INVITATIONS_EXPIRES_AT, "expires_at", "Expires", .read_only = true),
	MOMENT(INVITATIONS_RESPONDED_AT, "responded_at", "Answered", .read_only = true),
	NOTE  (INVITATIONS_RESPONSE_NOTE, "response_note", "Answer", .read_only = true),
};

const struct record personal_invitations = {
	.name = "invitations",
	.one = "Invitation",
	.many = "Invitations",
	.summary = "An offer to share, and what became of it.",
	.entity = "invitation",
	.fields = invitation_fields,
	.n_fields = COUNT(invitation_fields),
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
	.title = "title",
};

static const struct field share_fields[] = {
	REF   (PATIENT_SHARES_PATIENT_ID, "patient_id", "Patient", personal_patients,
	       .not_null = true, .read_only = true, .on_delete = CASCADE),
	REF   (PATIENT_SHARES_SHARED_BY_USER_ID, "shared_by_user_id", "Shared by",
	       personal_users, .not_null = true, .read_only = true, .on_delete = KEEP),
	REF   (PATIENT_SHARES_SHARED_WITH_USER_ID, "shared_with_user_id", "Shared with",
	       personal_users, .not_null = true, .read_only = true, .on_delete = KEEP),
	CHOICE(PATIENT_SHARES_PERMISSION_LEVEL, "permission_level", "Permission",
	       permissions, .not_null = true, .read_only = true),
	JSON  (PATIENT_SHARES_CUSTOM_PERMISSIONS, "custom_permissions",
	       "Custom permissions", .plain_json = true, .read_only = true),
	FLAG  (PATIENT_SHARES_IS_ACTIVE, "is_active", "Active", .not_null = true,
	       .initial = "true", .read_only = true),
	MOMENT(PATIENT_SHARES_EXPIRES_AT, "expires_at", "Expires", .read_only = true),
	REF   (PATIENT_SHARES_INVITATION_ID, "invitation_id", "Invitation",
	       personal_invitations, .read_only = true, .hidden = true,
	       .on_delete = UNLINK),
};

const struct record personal_patient_shares = {
	.name = "patient_shares",
	.one = "Share",
	.many = "Shares",
	.summary = "Who else may see or change a patient's records.",
	.entity = "patient_share",
	.of_patient = true,
	.patient = PATIENT_SHARES_PATIENT_ID,
	.fields = share_fields,
	.n_fields = COUNT(share_fields),
	.indexes = (const struct index[]){
		{ "unique_patient_share", "patient_id, shared_with_user_id", .unique = true },
		{ "idx_patient_shares_with_patient", "shared_with_user_id, patient_id" },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
};

static const struct field family_fields[] = {
	REF   (FAMILY_HISTORY_SHARES_INVITATION_ID, "invitation_id", "Invitation",
	       personal_invitations, .not_null = true, .read_only = true,
	       .on_delete = KEEP),
	REF   (FAMILY_HISTORY_SHARES_FAMILY_MEMBER_ID, "family_member_id", "Family member",
	       personal_family_members, .not_null = true, .read_only = true,
	       .on_delete = CASCADE),
	REF   (FAMILY_HISTORY_SHARES_SHARED_BY_USER_ID, "shared_by_user_id", "Shared by",
	       personal_users, .not_null = true, .read_only = true, .on_delete = KEEP),
	REF   (FAMILY_HISTORY_SHARES_SHARED_WITH_USER_ID, "shared_with_user_id",
	       "Shared with", personal_users, .not_null = true, .read_only = true,
	       .on_delete = KEEP),
	CHOICE(FAMILY_HISTORY_SHARES_PERMISSION_LEVEL, "permission_level", "Permission",
	       permissions, .not_null = true, .initial = WORD("view"), .read_only = true),
	FLAG  (FAMILY_HISTORY_SHARES_IS_ACTIVE, "is_active", "Active", .not_null = true,
	       .initial = "true", .read_only = true),
	MOMENT(FAMILY_HISTORY_SHARES_EXPIRES_AT, "expires_at", "Expires",
	       .read_only = true),
	NOTE  (FAMILY_HISTORY_SHARES_SHARING_NOTE, "sharing_note", "Note",
	       .read_only = true),
};

const struct record personal_family_history_shares = {
	.name = "family_history_shares",
	.one = "Family History Share",
	.many = "Family History Shares",
	.summary = "Who else may see a relative's history.",
	.entity = "family_history_share",
	.parent = &personal_family_members,
	.parent_slot = FAMILY_HISTORY_SHARES_FAMILY_MEMBER_ID,
	.fields = family_fields,
	.n_fields = COUNT(family_fields),
	.indexes = (const struct index[]){
		{ "unique_active_family_history_share_partial",
		  "family_member_id, shared_with_user_id", "is_active = TRUE",
		  .unique = true },
		{ 0 }
	},
	.stamps = STAMPS_REQUIRED,
	.stamps_shown = true,
};
