// Where things are, below the installation's address.

export const apiPath = '/api/v1';
export const signInPath = '/api/auth';
export const referencePath = '/api/docs';
