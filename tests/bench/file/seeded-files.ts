import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { seedSales } from './seed-sales.ts';

/** A file with this many paid sales, made when it is first asked for. Parts use it one after the other. */
export async function seededFile(folder: string, sales: number): Promise<string> {
  const file = path.join(folder, `sales-${sales}`, 'foyer.db');
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    await seedSales(file, sales);
  }
  return file;
}

export function megabytesOf(file: string): number {
  return statSync(file).size / 1_000_000;
}
