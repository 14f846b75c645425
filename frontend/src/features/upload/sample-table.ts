/** A spreadsheet to begin with: every column there is, and a row that shows how. */
import { saveFile } from '../../lib/save-file.ts';

const COLUMNS = ['filename', 'brightness', 'contrast', 'sharpness', 'sku', 'product_group', 'preset'];
const EXAMPLE = ['mug-front.jpg', '1.1', '1', '1.2', 'MUG-01', 'mugs', 'catalog-white'];

export const SAMPLE = `${[COLUMNS, EXAMPLE].map((row) => row.join(',')).join('\r\n')}\r\n`;

export const saveSample = (): void => saveFile(new Blob([SAMPLE], { type: 'text/csv' }), 'vitrine-values.csv');
