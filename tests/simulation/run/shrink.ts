import type { SalePlan, SeedPlan } from '../plan/sale-plan.ts';
import type { PromiseName } from '../promises/verdicts.ts';
import { runPlan } from './run-seed.ts';

/** No story is worth more runs. */
const runsMax = 400;

/** A plan with as few customers and faults as still break this promise. */
export async function shrink(
  plan: SeedPlan,
  promise: PromiseName,
  folder: string,
): Promise<SeedPlan> {
  let runs = 0;
  async function stillBreaks(candidate: SeedPlan): Promise<boolean> {
    if (runs >= runsMax) return false;
    runs += 1;
    const { violations } = await runPlan(candidate, { folder, isTraced: false });
    return violations.some((violation) => violation.promise === promise);
  }

  let best = plan;
  for (const kiosk of ['sales', 'second'] as const) {
    const all = best[kiosk] ?? [];
    for (let part = Math.ceil(all.length / 2); part >= 1; part = Math.floor(part / 2)) {
      for (let from = 0; from < (best[kiosk]?.length ?? 0);) {
        const left = best[kiosk]?.filter((_, place) => place < from || place >= from + part) ?? [];
        const fewer = { ...best, [kiosk]: left };
        if ((left.length > 0 || kiosk === 'second') && (await stillBreaks(fewer))) best = fewer;
        else from += part;
      }
    }
    for (const { index } of best[kiosk] ?? []) {
      const plain = withoutCard(best, kiosk, index);
      if (plain !== null && (await stillBreaks(plain))) best = plain;
      for (let fault = 0; fault < faultsOf(best, kiosk, index);) {
        const fewer = withoutFault(best, kiosk, index, fault);
        if (await stillBreaks(fewer)) best = fewer;
        else fault += 1;
      }
    }
  }
  return best;
}

type Kiosk = 'sales' | 'second';

function faultsOf(plan: SeedPlan, kiosk: Kiosk, index: number): number {
  return plan[kiosk]?.find((sale) => sale.index === index)?.faults.length ?? 0;
}

/** Null for a customer who wants nothing with cards. */
function withoutCard(plan: SeedPlan, kiosk: Kiosk, index: number): SeedPlan | null {
  const its = plan[kiosk]?.find((sale) => sale.index === index);
  if (its?.card == null) return null;
  const sales = plan[kiosk]?.map((sale) => (sale === its ? { ...sale, card: null } : sale));
  return { ...plan, [kiosk]: sales ?? null };
}

function withoutFault(plan: SeedPlan, kiosk: Kiosk, index: number, fault: number): SeedPlan {
  const sales = plan[kiosk]?.map((sale): SalePlan => {
    if (sale.index !== index) return sale;
    return { ...sale, faults: sale.faults.filter((_, place) => place !== fault) };
  });
  return { ...plan, [kiosk]: sales ?? null };
}
