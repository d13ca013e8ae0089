// Where the API is: the one thing that a deployment changes, by replacing this file.
// '' means the same origin as this page, as in the embedded run. Deployed, it is the stack's
// API URL, such as 'https://abc123.execute-api.eu-central-1.amazonaws.com'.
export const apiAddress = '';
