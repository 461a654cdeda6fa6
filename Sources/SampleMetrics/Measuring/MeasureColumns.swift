import ReviewCore

/// The columns that a run like this has, in the order of the table.
struct MeasureColumns {
  struct Column {
    let name: String
    /// Of the registry.
    let metric: String
    let direction: Metric.Direction?
    let words: String
    let version: Int
  }

  private(set) var columns: [Column] = []

  init(
    _ subject: MeasureSubject, _ reference: MeasureReference, _ distances: [FeatureSpace],
    _ neighbours: [FeatureSpace]
  ) {
    for space in neighbours {
      for value in ["precision", "coverage", "recall", "density"] {
        add("\(value)[\(space.name)]", of: "prdc", value)
      }
    }
    if reference.modes != nil, subject.points != nil {
      add("high_quality", of: "modes", "high_quality")
      add("modes", of: "modes", "captured")
      add("modes_20", of: "modes", "captured_min20")
    }
    for space in distances {
      add("frechet[\(space.name)]", of: "frechet", "distance")
      add("kernel_distance[\(space.name)]", of: "kernel", "distance")
    }
    for (name, _) in subject.probabilities {
      add("inception_score[\(name)]", of: "is", "mean")
      add("classes[\(name)]", of: "classes", "classes_present")
      add("class_confidence[\(name)]", of: "classes", "mean_confidence")
      if reference.labels != nil { add("class_shift[\(name)]", of: "classes", "tv_to_real") }
    }
    if let samples = subject.samples {
      addOwn(samples, isPictures: subject.pictures != nil)
    }
    if let samples = subject.samples, let real = reference.samples,
      real.columnCount == samples.columnCount
    {
      add("nearest_ratio", of: "audit", "nn_ratio_median")
      add("copies", of: "audit", "exact_copy_fraction")
      add("near_copies", of: "audit", "closer_than_p1")
      add("authenticity", of: "audit", "authenticity")
      if reference.test != nil { add("copy_test", of: "ct", "global") }
      if real.rowCount >= 10 * BinDifference.bins {
        add("different_bins", of: "ndb", "count")
        add("clusters", of: "ndb", "reached")
        add("cluster_divergence", of: "ndb", "jsd")
      }
    }
    if subject.latentMeans != nil {
      add("active_units", of: "vae", "au_burda")
      add("latent_variance", of: "vae", "mean_var_of_means")
      if subject.latentLogVariances != nil {
        add("active_units_kl", of: "vae", "au_kl")
        add("latent_kl", of: "vae", "kl_total")
      }
    }
  }

  private mutating func addOwn(_ samples: NumberTable, isPictures: Bool) {
    add("pairwise_distance", of: "diversity", "mean_rms")
    if isPictures {
      add("vendi[pixels]", of: "vendi", "cosine")
      add("sharpness", of: "quality", "laplacian_var_mean")
      add("noise_level", of: "quality", "immerkaer_mean")
      add("contrast", of: "quality", "rms_contrast_mean")
      add("blank", of: "quality", "constant_fraction")
      add("ssim", of: "ssim", "ssim7")
      add("near_duplicates", of: "neardup", "fraction")
    }
    add("unique_ratio", of: "unique", "ratio")
  }

  private mutating func add(_ name: String, of metric: String, _ value: String) {
    guard let card = MetricRegistry.metric(named: metric)?.card,
      let about = card.values.first(where: { $0.name == value })
    else { return }
    columns.append(
      Column(
        name: name, metric: metric, direction: about.direction,
        words:
          "computed: \(card.title), \(about.meaning) (\(metric).\(value), version \(card.version))",
        version: card.version))
  }
}
