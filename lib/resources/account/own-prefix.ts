/** What CloudFormation puts before the names of the resources of our stack. */
export const stackPrefix = 'Plumbline-';

/** The bus where the ears of other regions bring what they hear; the rules on it are ours by its name. */
export const earsBusName = `${stackPrefix}Ears`;

/** The role that may put events there. */
export const forwardRoleName = `${stackPrefix}Forward`;
