/** What CloudFormation puts before the names of the resources of our stack. */
export const stackPrefix = 'Plumbline-';

/** The bus where the ears of other regions bring what they hear; the rules on it are ours by its name. */
export const earsBusName = `${stackPrefix}Ears`;

/** The role that may put events there. */
export const forwardRoleName = `${stackPrefix}Forward`;

/** The roles of a member account by which the hub reads there, and publishes findings. */
export const readRoleName = `${stackPrefix}Read`;
export const publishRoleName = `${stackPrefix}Publish`;

/** The role of a member account by which the hub asks hosts there. */
export const hostsRoleName = `${stackPrefix}Hosts`;

/** The role of a member account by which the hub changes something there, where the baseline says so. */
export const remediatorRoleName = `${stackPrefix}Remediator`;

/** The roles of the hub that may assume these: a fixed name says what a role that is made anew has no id for. */
export const evaluateRoleName = `${stackPrefix}Evaluate`;
export const sweepRoleName = `${stackPrefix}Sweep`;
export const remediateRoleName = `${stackPrefix}Remediate`;
export const auditHostsRoleName = `${stackPrefix}AuditHosts`;
export const hostResultsRoleName = `${stackPrefix}HostResults`;
