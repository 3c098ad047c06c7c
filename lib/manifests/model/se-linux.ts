const types = String.raw`(?:spc|unconfined(?:_\w+)?|container_runtime|init(?:rc)?|kernel|sysadm)_t`;
/**
 * Types in which a program is not held as a container is: those of the host's own programs. Any other can be one that somebody
 * made for it. https://man7.org/linux/man-pages/man8/container_selinux.8.html
 */
export const freeTypes = new RegExp(`^${types}$`);
/** The same as an option of Docker, which can turn labels off, too. */
export const freeLabels = new RegExp(`^(?:disable|type:${types})$`);
