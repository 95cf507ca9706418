//! The longest common subsequence of two sequences.
//!
//! Takes two slices; gives the pairs of places that match, in order. Myers' greedy algorithm with a middle snake: time
//! grows with length times difference, memory with length.

/// Pairs of places of `a` and `b` that are kept in order.
pub fn matches<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let size = a.len() + b.len() + 3;
    let mut lanes = Lanes { forth: vec![0; 2 * size], back: vec![0; 2 * size], zero: size as isize };
    compare(a, b, 0, 0, &mut lanes, &mut pairs);
    pairs
}

/// The furthest place on each diagonal, from both ends.
struct Lanes {
    forth: Vec<usize>,
    back: Vec<usize>,
    zero: isize,
}

fn compare<T: PartialEq>(a: &[T], b: &[T], at: usize, bt: usize, lanes: &mut Lanes, pairs: &mut Vec<(usize, usize)>) {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    pairs.extend((0..head).map(|k| (at + k, bt + k)));
    let (a, b, at, bt) = (&a[head..], &b[head..], at + head, bt + head);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (inner_a, inner_b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if !inner_a.is_empty() && !inner_b.is_empty() {
        let (x, y) = middle(inner_a, inner_b, lanes);
        // A middle at an end would not make the task smaller: then one side is a single step from the corner.
        if (x, y) == (0, 0) || (x, y) == (inner_a.len(), inner_b.len()) {
            single(inner_a, inner_b, at, bt, pairs);
        } else {
            compare(&inner_a[..x], &inner_b[..y], at, bt, lanes, pairs);
            compare(&inner_a[x..], &inner_b[y..], at + x, bt + y, lanes, pairs);
        }
    }
    let (end_a, end_b) = (at + inner_a.len(), bt + inner_b.len());
    pairs.extend((0..tail).map(|k| (end_a + k, end_b + k)));
}

/// Where one of two sequences is so short that looking is enough.
fn single<T: PartialEq>(a: &[T], b: &[T], at: usize, bt: usize, pairs: &mut Vec<(usize, usize)>) {
    let mut from = 0;
    for (k, x) in a.iter().enumerate() {
        if let Some(found) = b[from..].iter().position(|y| x == y) {
            pairs.push((at + k, bt + from + found));
            from += found + 1;
        }
    }
}

/// A place that a shortest script passes, about its middle.
fn middle<T: PartialEq>(a: &[T], b: &[T], lanes: &mut Lanes) -> (usize, usize) {
    let (n, m) = (a.len() as isize, b.len() as isize);
    let (delta, zero) = (n - m, lanes.zero);
    let at = |k: isize| (zero + k) as usize;
    lanes.forth[at(1)] = 0;
    lanes.back[at(1)] = 0;
    for d in 0..=(n + m + 1) / 2 {
        for k in (-d..=d).step_by(2) {
            let down = k == -d || (k != d && lanes.forth[at(k - 1)] < lanes.forth[at(k + 1)]);
            let mut x = if down { lanes.forth[at(k + 1)] } else { lanes.forth[at(k - 1)] + 1 } as isize;
            let mut y = x - k;
            while x < n && y < m && y >= 0 && a[x as usize] == b[y as usize] {
                (x, y) = (x + 1, y + 1);
            }
            lanes.forth[at(k)] = x as usize;
            let c = delta - k;
            if delta % 2 != 0 && c.abs() < d && x + lanes.back[at(c)] as isize >= n && (0..=m).contains(&y) && x <= n {
                return (x as usize, y as usize);
            }
        }
        for k in (-d..=d).step_by(2) {
            let down = k == -d || (k != d && lanes.back[at(k - 1)] < lanes.back[at(k + 1)]);
            let mut x = if down { lanes.back[at(k + 1)] } else { lanes.back[at(k - 1)] + 1 } as isize;
            let mut y = x - k;
            while x < n && y < m && y >= 0 && a[(n - x - 1) as usize] == b[(m - y - 1) as usize] {
                (x, y) = (x + 1, y + 1);
            }
            lanes.back[at(k)] = x as usize;
            let c = delta - k;
            let met = c.abs() <= d && lanes.forth[at(c)] as isize + x >= n;
            if delta % 2 == 0 && met && (0..=m).contains(&y) && x <= n {
                return ((n - x) as usize, (m - y) as usize);
            }
        }
    }
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::{super::prng::Rng, matches};

    #[test]
    fn as_long_as_the_table_says() {
        let mut rng = Rng::new(7);
        for _ in 0..3000 {
            let (n, m, letters) = (rng.below(14), rng.below(14), rng.range(1, 5));
            let a: Vec<usize> = (0..n).map(|_| rng.below(letters)).collect();
            let b: Vec<usize> = (0..m).map(|_| rng.below(letters)).collect();
            let mut table = vec![vec![0; m + 1]; n + 1];
            for i in 0..n {
                for j in 0..m {
                    table[i + 1][j + 1] =
                        if a[i] == b[j] { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
                }
            }
            let pairs = matches(&a, &b);
            assert!(pairs.iter().all(|&(x, y)| a[x] == b[y]));
            assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            assert_eq!(pairs.len(), table[n][m], "{a:?} {b:?}");
        }
    }
}
