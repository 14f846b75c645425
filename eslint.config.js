import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import boundaries from 'eslint-plugin-boundaries';
import ts from 'typescript-eslint';

const GATEWAY = 'backend-node/src';

export default ts.config(
  { ignores: ['.venv/**', 'data/**', 'demo/**', 'node_modules/**'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  prettier,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.js'] } } },
    rules: {
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: [`${GATEWAY}/**/*.ts`],
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: true },
      'boundaries/elements': [
        { type: 'contract', pattern: `${GATEWAY}/contract`, mode: 'folder' },
        { type: 'ground', pattern: `${GATEWAY}/(errors|config|logs|ids).ts`, mode: 'full' },
        { type: 'store', pattern: `${GATEWAY}/store`, mode: 'folder' },
        { type: 'processing', pattern: `${GATEWAY}/processing`, mode: 'folder' },
        { type: 'events', pattern: `${GATEWAY}/events`, mode: 'folder' },
        { type: 'http', pattern: `${GATEWAY}/http`, mode: 'folder' },
        { type: 'feature', pattern: `${GATEWAY}/features/*`, capture: ['name'], mode: 'folder' },
        { type: 'app', pattern: `${GATEWAY}/app.ts`, mode: 'full' },
        { type: 'entry', pattern: `${GATEWAY}/(server|tools/*).ts`, mode: 'full' },
      ],
    },
    rules: {
      'boundaries/element-types': [
        'error',
        {
          default: 'disallow',
          rules: [
            { from: 'contract', allow: ['contract'] },
            { from: 'ground', allow: ['ground', 'contract'] },
            { from: 'store', allow: ['store', 'ground', 'contract'] },
            { from: 'processing', allow: ['processing', 'ground', 'contract'] },
            { from: 'events', allow: ['events', 'store', 'ground', 'contract'] },
            { from: 'http', allow: ['http', 'store', 'ground', 'contract'] },
            {
              from: 'feature',
              allow: [['feature', { name: '${from.name}' }], 'http', 'store', 'processing', 'events', 'ground', 'contract'],
            },
            { from: 'app', allow: ['feature', 'http', 'store', 'processing', 'events', 'ground', 'contract'] },
            { from: 'entry', allow: ['app', 'store', 'processing', 'events', 'ground', 'contract'] },
          ],
        },
      ],
    },
  },
);
