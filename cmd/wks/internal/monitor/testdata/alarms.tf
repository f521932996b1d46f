resource "aws_cloudwatch_metric_alarm" "d_906732b9ab_unhealthy" {
  alarm_name          = "d-906732b9ab-unhealthy"
  alarm_description   = "A WorkSpace does not answer the service's checks of its health: its user cannot work until it is rebooted or repaired."
  namespace           = "AWS/WorkSpaces"
  metric_name         = "Unhealthy"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alerts"]

  dimensions = {
    DirectoryId = "d-906732b9ab"
  }
}

resource "aws_cloudwatch_metric_alarm" "d_906732b9ab_connection_failures" {
  alarm_name          = "d-906732b9ab-connection-failures"
  alarm_description   = "Users sign in and then reach no desktop. Many at once point at the network or the gateways, and not at one user."
  namespace           = "AWS/WorkSpaces"
  metric_name         = "ConnectionFailure"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alerts"]

  dimensions = {
    DirectoryId = "d-906732b9ab"
  }
}

resource "aws_cloudwatch_metric_alarm" "d_906732b9ab_latency" {
  alarm_name          = "d-906732b9ab-latency"
  alarm_description   = "The way to the desktops is so slow that users notice it."
  namespace           = "AWS/WorkSpaces"
  metric_name         = "InSessionLatency"
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 6
  datapoints_to_alarm = 4
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 250
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alerts"]

  dimensions = {
    DirectoryId = "d-906732b9ab"
  }
}

resource "aws_cloudwatch_metric_alarm" "d_906732b9ab_root_volume" {
  alarm_name          = "d-906732b9ab-root-volume"
  alarm_description   = "The root volume of a WorkSpace is almost full: a full one breaks the desktop, and can only be extended."
  namespace           = "AWS/WorkSpaces"
  metric_name         = "RootVolumeDiskUsage"
  statistic           = "Maximum"
  period              = 3600
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 90
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alerts"]

  dimensions = {
    DirectoryId = "d-906732b9ab"
  }
}

resource "aws_cloudwatch_metric_alarm" "d_906732b9ab_user_volume" {
  alarm_name          = "d-906732b9ab-user-volume"
  alarm_description   = "The user volume of a WorkSpace is almost full: its user cannot save files."
  namespace           = "AWS/WorkSpaces"
  metric_name         = "UserVolumeDiskUsage"
  statistic           = "Maximum"
  period              = 3600
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 90
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alerts"]

  dimensions = {
    DirectoryId = "d-906732b9ab"
  }
}

resource "aws_cloudwatch_metric_alarm" "d_906732b9ab_untrusted_devices" {
  alarm_name          = "d-906732b9ab-untrusted-devices"
  alarm_description   = "Devices fail the check of their certificate: certificates were not renewed, or foreign devices try to come in."
  namespace           = "AWS/WorkSpaces"
  metric_name         = "TrustedDeviceValidationFailure"
  statistic           = "Sum"
  period              = 3600
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 10
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alerts"]

  dimensions = {
    DirectoryId = "d-906732b9ab"
  }
}

resource "aws_cloudwatch_metric_alarm" "d_906732b9ab_root_certificate_1a2b3c4d5" {
  alarm_name          = "d-906732b9ab-root-certificate-1a2b3c4d5"
  alarm_description   = "The root certificate of the directory ends soon, and trusted devices with it."
  namespace           = "AWS/WorkSpaces"
  metric_name         = "TrustedDeviceCertificateDaysBeforeExpiration"
  statistic           = "Minimum"
  period              = 86400
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  comparison_operator = "LessThanOrEqualToThreshold"
  threshold           = 30
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:us-east-1:123456789012:alerts"]

  dimensions = {
    CertificateId = "wsc-1a2b3c4d5"
  }
}
