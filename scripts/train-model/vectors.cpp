// Trains the word vectors. C++ because the inner loop is 10^15 multiplications: one core does about 50 thousand million of them
// a second here, compiled JavaScript about 1.5.
//
// usage: vectors EXAMPLES VECTORS DIMENSIONS WORD_STEPS PASSAGE_STEPS
//
// Two stages, both with a softmax over the other members of a batch as negatives (InfoNCE; van den Oord et al. 2018):
// 1. words: linked words (translations, synonyms, derivations, words of a definition) should be near each other;
// 2. passages: a question should find its passage by late interaction, the sum over its words of the weight of the word times
//    the largest cosine with a word of the passage (ColBERT; Khattab and Zaharia 2020). Passages are made of several expressions of the
//    sources, neighbours in the dictionary among them as hard negatives; questions of some of their translations or synonyms.
// Same bytes for the same input on the same machine: one thread, fixed seeds, no clock.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

using std::vector;

namespace {

// ------------------------------------------------------------------ chance

struct Random {
  uint64_t state;
  uint64_t next() {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
  }
  int below(int bound) { return bound <= 1 ? 0 : static_cast<int>(next() % static_cast<uint64_t>(bound)); }
  int between(int low, int high) { return low + below(high - low + 1); }
  float uniform() { return static_cast<float>((next() >> 40) * (1.0 / 16777216.0)); }
};

Random chance{88172645463325252ULL};

// ---------------------------------------------------------- multiplication

typedef float Lane __attribute__((vector_size(64)));
constexpr int kLane = 16;
constexpr int kRows = 6;
constexpr int kColumns = 2 * kLane;

// c[m x n] = a[m x k] * b, where b(i, j) = b[i * row + j * column]; all dense, c is overwritten.
void multiply(int m, int n, int k, const float* a, const float* b, int row, int column, float* c) {
  static vector<float> packed;
  static vector<float> block;
  packed.assign(static_cast<size_t>(k) * kColumns + kLane, 0.f);
  block.assign(static_cast<size_t>(k) * kRows, 0.f);
  float* panel = reinterpret_cast<float*>((reinterpret_cast<uintptr_t>(packed.data()) + 63) & ~uintptr_t{63});
  vector<float> interleaved(static_cast<size_t>(k) * ((m + kRows - 1) / kRows * kRows), 0.f);
  for (int i = 0; i < m; i++) {
    float* to = &interleaved[static_cast<size_t>(i / kRows) * kRows * k + i % kRows];
    for (int p = 0; p < k; p++) to[static_cast<size_t>(p) * kRows] = a[static_cast<size_t>(i) * k + p];
  }
  for (int j0 = 0; j0 < n; j0 += kColumns) {
    const int width = std::min(kColumns, n - j0);
    for (int p = 0; p < k; p++)
      for (int j = 0; j < width; j++)
        panel[static_cast<size_t>(p) * kColumns + j] = b[static_cast<size_t>(p) * row + static_cast<size_t>(j0 + j) * column];
    for (int i0 = 0; i0 < m; i0 += kRows) {
      Lane sum[kRows][2] = {};
      const float* left = &interleaved[static_cast<size_t>(i0) * k];
      const Lane* right = reinterpret_cast<const Lane*>(panel);
      for (int p = 0; p < k; p++, left += kRows, right += 2)
        for (int i = 0; i < kRows; i++) {
          sum[i][0] += left[i] * right[0];
          sum[i][1] += left[i] * right[1];
        }
      const int height = std::min(kRows, m - i0);
      for (int i = 0; i < height; i++)
        std::memcpy(&c[static_cast<size_t>(i0 + i) * n + j0], sum[i], sizeof(float) * width);
    }
  }
}

// ----------------------------------------------------------------- sources

typedef vector<int> Terms;
/** A side of a dictionary entry or a set of synonyms: expressions that mean the same. */
typedef vector<Terms> Synonyms;

struct Sources {
  int size = 0;
  vector<float> weight;
  vector<Synonyms> german, english;  // paired by index, in the order of the dictionary
  vector<Synonyms> sets;             // monolingual synonyms; definitions stand as one of them
  vector<int> linkFrom, linkTo;
  vector<double> linkTotal;          // running total of the links' weights
};

Sources readSources(const char* path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) { std::fprintf(stderr, "cannot read %s\n", path); std::exit(1); }
  vector<int> raw(static_cast<size_t>(in.tellg()) / 4);
  in.seekg(0);
  in.read(reinterpret_cast<char*>(raw.data()), static_cast<std::streamsize>(raw.size() * 4));
  size_t at = 0;
  auto take = [&] { return raw[at++]; };
  auto takeFloat = [&] { float value; std::memcpy(&value, &raw[at++], 4); return value; };
  auto takeGroups = [&] {
    vector<Synonyms> groups(static_cast<size_t>(take()));
    for (auto& group : groups) {
      group.resize(static_cast<size_t>(take()));
      for (auto& terms : group) {
        terms.resize(static_cast<size_t>(take()));
        for (auto& term : terms) term = take();
      }
    }
    return groups;
  };
  Sources sources;
  sources.size = take();
  for (int i = 0; i < sources.size; i++) sources.weight.push_back(takeFloat());
  sources.german = takeGroups();
  sources.english = takeGroups();
  sources.sets = takeGroups();
  const int links = take();
  double total = 0;
  for (int i = 0; i < links; i++) {
    sources.linkFrom.push_back(take());
    sources.linkTo.push_back(take());
    sources.linkTotal.push_back(total += takeFloat());
  }
  return sources;
}

// ------------------------------------------------------------------- model

/** The vectors with Adam's moments (Kingma and Ba 2015); only rows used by a batch are touched. */
struct Model {
  int size, dimensions;
  long step = 0;
  vector<float> value, mean, square;
  vector<int> slot, rows;
  vector<float> unit, length, gradient;

  Model(int size, int dimensions) : size(size), dimensions(dimensions), slot(size, -1) {
    const size_t count = static_cast<size_t>(size) * dimensions;
    value.resize(count);
    mean.assign(count, 0.f);
    square.assign(count, 0.f);
    const float spread = std::sqrt(12.f / dimensions);
    for (auto& x : value) x = (chance.uniform() - 0.5f) * spread;
  }
  /** Row of this batch that holds the term. */
  int use(int term) {
    if (slot[term] < 0) { slot[term] = static_cast<int>(rows.size()); rows.push_back(term); }
    return slot[term];
  }
  void normalise() {
    const size_t d = dimensions;
    unit.resize(rows.size() * d);
    length.resize(rows.size());
    gradient.assign(rows.size() * d, 0.f);
    for (size_t r = 0; r < rows.size(); r++) {
      const float* from = &value[rows[r] * d];
      float sum = 1e-12f;
      for (size_t j = 0; j < d; j++) sum += from[j] * from[j];
      length[r] = std::sqrt(sum);
      for (size_t j = 0; j < d; j++) unit[r * d + j] = from[j] / length[r];
    }
  }
  void learn(float rate) {
    const size_t d = dimensions;
    const float keepMean = 0.9f, keepSquare = 0.99f;
    step++;
    const float alpha = rate * std::sqrt(1 - std::pow(keepSquare, std::min(step, 5000L))) / (1 - std::pow(keepMean, std::min(step, 2000L)));
    for (size_t r = 0; r < rows.size(); r++) {
      float* g = &gradient[r * d];
      const float* u = &unit[r * d];
      float along = 0;
      for (size_t j = 0; j < d; j++) along += g[j] * u[j];
      float *w = &value[rows[r] * d], *m = &mean[rows[r] * d], *s = &square[rows[r] * d];
      for (size_t j = 0; j < d; j++) {
        const float slope = (g[j] - along * u[j]) / length[r];
        m[j] = keepMean * m[j] + (1 - keepMean) * slope;
        s[j] = keepSquare * s[j] + (1 - keepSquare) * slope * slope;
        w[j] -= alpha * m[j] / (std::sqrt(s[j]) + 1e-6f);
      }
      slot[rows[r]] = -1;
    }
    rows.clear();
  }
};

/** Rate of a step: a short rise, then a fall to nothing. */
float rateAt(long step, long steps, float top) {
  const float rise = std::min(1.f, (step + 1) / 200.f);
  return top * rise * (1 - static_cast<float>(step) / steps) + 1e-5f;
}

// ------------------------------------------------------------ first stage

double trainWords(Model& model, const Sources& sources, long step, long steps) {
  constexpr int batch = 1024;
  const float temperature = 0.06f;
  const int d = model.dimensions;
  static vector<int> from(batch), to(batch);
  static vector<float> x(batch * 512), y(batch * 512), p(batch * batch), gx(batch * 512), gy(batch * 512), q(batch * batch);
  for (int i = 0; i < batch; i++) {
    const double mark = chance.uniform() * sources.linkTotal.back() + chance.uniform() * 1e-7 * sources.linkTotal.back();
    const size_t link = std::min<size_t>(std::lower_bound(sources.linkTotal.begin(), sources.linkTotal.end(), mark) - sources.linkTotal.begin(), sources.linkFrom.size() - 1);
    from[i] = model.use(sources.linkFrom[link]);
    to[i] = model.use(sources.linkTo[link]);
  }
  model.normalise();
  for (int i = 0; i < batch; i++) {
    std::memcpy(&x[static_cast<size_t>(i) * d], &model.unit[static_cast<size_t>(from[i]) * d], sizeof(float) * d);
    std::memcpy(&y[static_cast<size_t>(i) * d], &model.unit[static_cast<size_t>(to[i]) * d], sizeof(float) * d);
  }
  multiply(batch, batch, d, x.data(), y.data(), 1, d, p.data());
  double loss = 0;
  vector<float> columns(batch, 0.f);
  for (int i = 0; i < batch; i++) {
    float* row = &p[static_cast<size_t>(i) * batch];
    loss -= 2 * row[i] / temperature;
    float sum = 0;
    for (int j = 0; j < batch; j++) {
      // The same word on both sides, or the same target twice, is no negative.
      const bool same = i != j && (to[i] == to[j] || from[i] == to[j] || from[i] == from[j]);
      row[j] = same ? 0.f : std::exp((row[j] - 1) / temperature);
      sum += row[j];
      columns[j] += row[j];
    }
    loss += std::log(sum) + 1 / temperature;
    for (int j = 0; j < batch; j++) q[static_cast<size_t>(i) * batch + j] = row[j] / sum;
  }
  for (int j = 0; j < batch; j++) loss += std::log(columns[j]) + 1 / temperature;
  for (int i = 0; i < batch; i++) {
    for (int j = 0; j < batch; j++) {
      const size_t at = static_cast<size_t>(i) * batch + j;
      q[at] += p[at] / columns[j];
    }
    q[static_cast<size_t>(i) * batch + i] -= 2;
  }
  multiply(batch, d, batch, q.data(), y.data(), d, 1, gx.data());
  for (int i = 0; i < batch; i++)
    for (int j = 0; j < batch; j++) p[static_cast<size_t>(j) * batch + i] = q[static_cast<size_t>(i) * batch + j];
  multiply(batch, d, batch, p.data(), x.data(), d, 1, gy.data());
  for (int i = 0; i < batch; i++)
    for (int j = 0; j < d; j++) {
      model.gradient[static_cast<size_t>(from[i]) * d + j] += gx[static_cast<size_t>(i) * d + j];
      model.gradient[static_cast<size_t>(to[i]) * d + j] += gy[static_cast<size_t>(i) * d + j];
    }
  model.learn(rateAt(step, steps, 0.01f));
  return loss / (2 * batch);
}

// ----------------------------------------------------------- second stage

struct Example {
  Terms question, passage;
};

void append(Terms& to, const Terms& terms) { to.insert(to.end(), terms.begin(), terms.end()); }

const Terms& oneOf(const Synonyms& synonyms) { return synonyms[static_cast<size_t>(chance.below(static_cast<int>(synonyms.size())))]; }

/** A passage of dictionary entries around `start`, some from elsewhere, and a question that translates or rephrases some of them. */
Example drawFromDictionary(const Sources& sources, int start, bool germanPassage, bool across) {
  const auto& passageSide = germanPassage ? sources.german : sources.english;
  const auto& questionSide = germanPassage == across ? sources.english : sources.german;
  const int count = static_cast<int>(sources.german.size());
  Example example;
  const int entries = chance.between(1, 10);
  const int asked = std::min(entries, chance.between(1, 3));
  for (int e = 0; e < entries; e++) {
    const int entry = e == 0 ? start : chance.below(count);
    append(example.passage, oneOf(passageSide[entry]));
    if (e < asked) append(example.question, oneOf(questionSide[entry]));
  }
  return example;
}

/** A passage of several sets of synonyms, and a question with other members of some of them. */
Example drawFromSets(const Sources& sources) {
  Example example;
  const int entries = chance.between(1, 8);
  const int asked = std::min(entries, chance.between(1, 3));
  for (int e = 0; e < entries; e++) {
    const auto& set = sources.sets[static_cast<size_t>(chance.below(static_cast<int>(sources.sets.size())))];
    const int first = chance.below(static_cast<int>(set.size()));
    const int second = (first + 1 + chance.below(static_cast<int>(set.size()) - 1)) % static_cast<int>(set.size());
    append(example.passage, set[first]);
    if (e < asked) append(example.question, set[second]);
  }
  return example;
}

double trainPassages(Model& model, const Sources& sources, long step, long steps) {
  constexpr int batch = 128;
  const float temperature = 0.05f;
  const int d = model.dimensions;
  vector<Example> examples;
  const bool sets = chance.uniform() < 0.2f;
  const bool germanPassage = chance.uniform() < 0.5f;
  const bool across = chance.uniform() < 0.7f;
  int entry = 0;
  for (int i = 0; i < batch; i++) {
    // Every second entry is a neighbour of the one before: in a dictionary, a word that looks alike and means something else.
    const int count = static_cast<int>(sources.german.size());
    entry = i % 2 == 0 ? chance.below(count) : std::min(count - 1, entry + chance.between(1, 6));
    Example example = sets ? drawFromSets(sources) : drawFromDictionary(sources, entry, germanPassage, across);
    if (example.question.size() > 8) example.question.resize(8);
    if (example.passage.size() > 48) example.passage.resize(48);
    examples.push_back(std::move(example));
  }
  vector<int> questionRow, passageRow, questionStart{0}, passageStart{0};
  for (auto& [question, passage] : examples) {
    for (int term : question) questionRow.push_back(model.use(term));
    for (int term : passage) passageRow.push_back(model.use(term));
    questionStart.push_back(static_cast<int>(questionRow.size()));
    passageStart.push_back(static_cast<int>(passageRow.size()));
  }
  model.normalise();
  const int m = static_cast<int>(questionRow.size()), n = static_cast<int>(passageRow.size());
  static vector<float> x, y, similarity;
  x.resize(static_cast<size_t>(m) * d);
  y.resize(static_cast<size_t>(n) * d);
  similarity.resize(static_cast<size_t>(m) * n);
  for (int i = 0; i < m; i++) std::memcpy(&x[static_cast<size_t>(i) * d], &model.unit[static_cast<size_t>(questionRow[i]) * d], sizeof(float) * d);
  for (int i = 0; i < n; i++) std::memcpy(&y[static_cast<size_t>(i) * d], &model.unit[static_cast<size_t>(passageRow[i]) * d], sizeof(float) * d);
  multiply(m, n, d, x.data(), y.data(), 1, d, similarity.data());
  vector<float> best(static_cast<size_t>(m) * batch);
  vector<int> where(static_cast<size_t>(m) * batch);
  for (int i = 0; i < m; i++)
    for (int b = 0; b < batch; b++) {
      const float* row = &similarity[static_cast<size_t>(i) * n];
      int at = passageStart[b];
      for (int j = at + 1; j < passageStart[b + 1]; j++) if (row[j] > row[at]) at = j;
      best[static_cast<size_t>(i) * batch + b] = row[at];
      where[static_cast<size_t>(i) * batch + b] = at;
    }
  double loss = 0;
  vector<float> score(batch);
  for (int a = 0; a < batch; a++) {
    float total = 1e-6f;
    for (int i = questionStart[a]; i < questionStart[a + 1]; i++) total += sources.weight[model.rows[questionRow[i]]];
    std::fill(score.begin(), score.end(), 0.f);
    for (int i = questionStart[a]; i < questionStart[a + 1]; i++) {
      const float share = sources.weight[model.rows[questionRow[i]]] / total;
      for (int b = 0; b < batch; b++) score[b] += share * best[static_cast<size_t>(i) * batch + b];
    }
    float sum = 0;
    const float own = score[a];
    for (int b = 0; b < batch; b++) sum += score[b] = std::exp((score[b] - 1) / temperature);
    loss += std::log(sum) + (1 - own) / temperature;
    for (int b = 0; b < batch; b++) {
      const float slope = score[b] / sum - (a == b ? 1.f : 0.f);
      if (std::fabs(slope) < 1e-4f) continue;
      for (int i = questionStart[a]; i < questionStart[a + 1]; i++) {
        const int j = where[static_cast<size_t>(i) * batch + b];
        if (questionRow[i] == passageRow[j]) continue;
        const float pull = slope * sources.weight[model.rows[questionRow[i]]] / total;
        const float *u = &x[static_cast<size_t>(i) * d], *v = &y[static_cast<size_t>(j) * d];
        float *gu = &model.gradient[static_cast<size_t>(questionRow[i]) * d], *gv = &model.gradient[static_cast<size_t>(passageRow[j]) * d];
        for (int k = 0; k < d; k++) {
          gu[k] += pull * v[k];
          gv[k] += pull * u[k];
        }
      }
    }
  }
  model.learn(rateAt(step, steps, 0.004f));
  return loss / batch;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 6) {
    std::fprintf(stderr, "usage: vectors EXAMPLES VECTORS DIMENSIONS WORD_STEPS PASSAGE_STEPS\n");
    return 2;
  }
  const Sources sources = readSources(arguments[1]);
  Model model(sources.size, std::atoi(arguments[3]));
  const long wordSteps = std::atol(arguments[4]), passageSteps = std::atol(arguments[5]);
  double loss = 0;
  for (long step = 0; step < wordSteps; step++) {
    loss += trainWords(model, sources, step, wordSteps);
    if ((step + 1) % 1000 == 0) { std::printf("words %ld of %ld, loss %.4f\n", step + 1, wordSteps, loss / 1000); std::fflush(stdout); loss = 0; }
  }
  loss = 0;
  for (long step = 0; step < passageSteps; step++) {
    loss += trainPassages(model, sources, step, passageSteps);
    if ((step + 1) % 1000 == 0) { std::printf("passages %ld of %ld, loss %.4f\n", step + 1, passageSteps, loss / 1000); std::fflush(stdout); loss = 0; }
  }
  std::ofstream out(arguments[2], std::ios::binary);
  out.write(reinterpret_cast<const char*>(model.value.data()), static_cast<std::streamsize>(model.value.size() * sizeof(float)));
  return out ? 0 : 1;
}
