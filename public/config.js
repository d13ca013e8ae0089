// The API's address. '.' means the address of this page, as on the embedded run and behind templates/site.yaml. If your API
// has another origin, write the main stack's ApiUrl here, such as 'https://abc123.execute-api.eu-central-1.amazonaws.com'.
export const apiAddress = '.';
