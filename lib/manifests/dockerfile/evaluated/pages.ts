/** Pages that explain. */
export const building = 'https://docs.docker.com/build/building/best-practices/';
export const reference = 'https://docs.docker.com/reference/dockerfile/';
export const secrets = 'https://docs.docker.com/build/building/secrets/';
