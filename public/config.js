// Where the API is: '.' means beside this page, as on the embedded run and behind templates/site.yaml. Only if the API has
// an origin of its own, write the main stack's ApiUrl here, such as 'https://abc123.execute-api.eu-central-1.amazonaws.com'.
export const apiAddress = '.';
