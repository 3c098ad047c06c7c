/** Pages that explain. */
export const services = 'https://docs.docker.com/reference/compose-file/services/';
export const networking = 'https://docs.docker.com/compose/how-tos/networking/';
export const publishing = 'https://docs.docker.com/engine/network/port-publishing/';
export const volumes = 'https://docs.docker.com/engine/storage/volumes/';
export const logging = 'https://docs.docker.com/engine/logging/configure/';
export const secrets = 'https://docs.docker.com/compose/how-tos/use-secrets/';
