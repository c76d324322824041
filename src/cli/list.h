#pragma once
/*
 * list - the commands by name, each defined in the file that does it.
 */
#include "cli/commands.h"

extern const struct command cli_serve, cli_demo;
extern const struct command cli_user_add, cli_user_list, cli_user_password;
extern const struct command cli_user_disable, cli_user_enable;
extern const struct command cli_client_add, cli_client_list, cli_client_rotate;
extern const struct command cli_client_disable, cli_client_enable;
extern const struct command cli_client_key, cli_keys_rotate, cli_mcp;
extern const struct command cli_proposal_list, cli_proposal_accept, cli_proposal_refuse;
extern const struct command cli_import_clinic, cli_export_clinic;
extern const struct command cli_adopt, cli_copy;
extern const struct command cli_audit_verify, cli_audit_list, cli_check;
extern const struct command cli_doctor, cli_sql, cli_derive;
extern const struct command cli_migrate_upgrade, cli_migrate_downgrade, cli_migrate_current;
extern const struct command cli_migrate_history, cli_migrate_diff, cli_migrate_new;
extern const struct command cli_migrate_check;
extern const struct command cli_help, cli_version;
