/* global SwaggerUIBundle */
SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  // Tokens stay in memory: a page that is closed forgets them.
  persistAuthorization: false,
  // Says nothing to a validator elsewhere.
  validatorUrl: null,
});
