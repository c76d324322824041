/*
 * doctor_disk - is what lies on the disk readable by who takes the disk away?
 *
 * The databases are not encrypted by us; dm-crypt (LUKS) below the file system or
 * fscrypt on the folder do that.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fscrypt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "cli/doctor.h"

enum { DEEPEST = 8 };

static bool
has_fscrypt(const char *dir)
{
	struct fscrypt_get_policy_ex_arg arg = { .policy_size = sizeof(arg.policy) };
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool has = fd >= 0 && ioctl(fd, FS_IOC_GET_ENCRYPTION_POLICY_EX, &arg) == 0;

	if (fd >= 0)
		close(fd);
	return has;
}

static bool
is_crypt(const char *sys)
{
	char path[PATH_MAX];
	char uuid[16] = "";
	FILE *file;

	if ((size_t)snprintf(path, sizeof(path), "%s/dm/uuid", sys) >= sizeof(path))
		return false;
	file = fopen(path, "re");
	if (!file)
		return false;
	if (!fgets(uuid, sizeof(uuid), file))
		uuid[0] = '\0';
	fclose(file);
	return strncmp(uuid, "CRYPT-", 6) == 0;
}

/* A logical volume may lie on an encrypted one: every device below is looked at,
 * and one that is not encrypted spoils it. */
static bool
crypt_below(const char *sys, int depth)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *slaves;
	int n = 0;
	bool all = true;

	if (is_crypt(sys))
		return true;
	if (depth == DEEPEST
	    || (size_t)snprintf(path, sizeof(path), "%s/slaves", sys) >= sizeof(path))
		return false;
	slaves = opendir(path);
	if (!slaves)
		return false;
	while ((entry = readdir(slaves))) {
		char below[PATH_MAX];

		if (entry->d_name[0] == '.')
			continue;
		n++;
		if ((size_t)snprintf(below, sizeof(below), "%s/%s", path, entry->d_name)
				>= sizeof(below)
			|| !crypt_below(below, depth + 1))
			all = false;
	}
	closedir(slaves);
	return n > 0 && all;
}

/* The device of a mount whose own number is made up (btrfs, overlay), from its
 * source in mountinfo: "36 35 98:0 /root /mnt opts - type source opts". */
static bool
device_of_mount(dev_t dev, dev_t *out)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	char line[4096];
	bool found = false;

	while (mounts && !found && fgets(line, sizeof(line), mounts)) {
		unsigned int major_n = 0;
		unsigned int minor_n = 0;
		char source[PATH_MAX];
		const char *dash = strstr(line, " - ");
		struct stat st;

		if (sscanf(line, "%*d %*d %u:%u", &major_n, &minor_n) != 2 || !dash
		    || makedev(major_n, minor_n) != dev
		    || sscanf(dash, " - %*s %4095s", source) != 1)
			continue;
		if (stat(source, &st) == 0 && S_ISBLK(st.st_mode)) {
			*out = st.st_rdev;
			found = true;
		}
	}
	if (mounts)
		fclose(mounts);
	return found;
}

void
doctor_encryption(const char *dir)
{
	char sys[64];
	struct stat st;
	dev_t dev;

	if (has_fscrypt(dir)) {
		doctor_say(FINE, "the data folder is encrypted by fscrypt");
		return;
	}
	if (stat(dir, &st) != 0)
		return;
	dev = st.st_dev;
	if (major(dev) == 0 && !device_of_mount(st.st_dev, &dev)) {
		doctor_say(WARNED, "cannot tell whether the disk below is encrypted (container?); "
				   "make sure that it is");
		return;
	}
	snprintf(sys, sizeof(sys), "/sys/dev/block/%u:%u", major(dev), minor(dev));
	if (crypt_below(sys, 0))
		doctor_say(FINE, "the disk below is encrypted by dm-crypt");
	else
		doctor_say(WARNED, "the disk below is not encrypted: whoever takes it can read "
				   "everything; use LUKS (dm-crypt) or fscrypt");
}
